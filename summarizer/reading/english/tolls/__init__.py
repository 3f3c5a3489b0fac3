"""How many people an English sentence says were harmed, how, where and by whom."""
