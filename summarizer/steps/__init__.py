"""The questions of a run, batch by batch: by the sentence, by the whole, of own sections."""
