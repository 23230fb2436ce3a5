# help: lists the targets
