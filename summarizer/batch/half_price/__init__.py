"""Archives at half price: requests are gathered into batches and answered within a day.

The run over the archive is the ordinary one. Only who answers differs: what was answered
stands among the kept replies, and what was not is written down (`store`), sent and fetched
(`rounds`), and asked about again when its answer is there (`running`).
"""
