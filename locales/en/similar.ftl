# What is similar and put forward already.
similar-title = Similar, already put forward
similar-explanation = Perhaps you can join forces: write to these delegations, co-sponsor, or say what is different.
similar-shared = In common: { $what }
