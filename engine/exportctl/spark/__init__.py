"""Tables of shipments screened by Spark: the columns of `exportctl.batch`, put to batches of Arrow on many machines."""
