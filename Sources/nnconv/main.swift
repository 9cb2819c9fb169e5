NNConv.start()
