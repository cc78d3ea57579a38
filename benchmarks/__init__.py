"""Speed and memory of mofkit, each as a ratio to a peer measured in the same run: `make bench`."""
