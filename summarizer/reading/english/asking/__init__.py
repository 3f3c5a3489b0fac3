"""Who asks whom for what in an English text: the asker, the asked, what is asked for."""
