"""The sealed PDF of a contract: what stands on it (`sheet`), typeset (`typeset`), sealed (`stamp`) with the platform's
key (`key`), and checked by anybody (`check`, in a process of its own: `judge`)."""
