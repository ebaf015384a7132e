"""The parts of a package: the names of its files in a Universe."""

CONFIG = "config.json"
TEMPLATE = "marathon.json.mustache"
RESOURCE = "resource.json"
PACKAGE = "package.json"
COMMAND = "command.json"
PARTS = (PACKAGE, CONFIG, TEMPLATE, RESOURCE, COMMAND)
