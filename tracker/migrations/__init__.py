"""The steps that bring a database from one released schema to the next. There is no way back: restore the backup instead."""
