"""Use cases shared by the app and the command line. They know the domain and nothing else."""
