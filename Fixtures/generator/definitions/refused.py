from definition import Definitions

DEFINITIONS = Definitions()
