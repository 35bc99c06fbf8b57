# Who else has a draft open.
presence-title = Others have this text open. Different questions can be written at the same time; where two change the same one, both texts are kept.
presence-at = { $who }, last seen { $at }
presence-at-question = { $who }, at “{ $question }”, last seen { $at }
