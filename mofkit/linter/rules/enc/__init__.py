"""ENC: the bytes of several files together; those of one are read in `mofkit/syntax`."""
