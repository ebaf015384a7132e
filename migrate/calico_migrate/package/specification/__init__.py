"""Service specifications of the DC/OS SDK (``svc.yml``): their networks, the edits and the proof."""
