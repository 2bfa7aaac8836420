s/d->cmd->revision == t->n)/t->n > 0)/
