from . import test_packs
