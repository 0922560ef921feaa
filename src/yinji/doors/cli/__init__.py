"""The command line `yinji`: one file a command, all alike: read, ask a flow, say."""
