"""Archives: from a hundred articles on, nothing lost, nothing paid twice.

The inputs are read one by one (`inputs`), each is briefed once (`running`), and what became
of it stands in a ledger beside the output (`ledger`); flat tables and a report are made of
that (`tables`, `report`).
"""
