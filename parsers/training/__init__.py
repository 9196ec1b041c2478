"""The recipe of the models that ship: a treebank in, a folder of Stanza models with card and checksums out."""
