"""Notes on a device: keys, encryption and words. Nothing here touches a table or the network."""
