"""The endpoints of the client, one module per kind of resource."""
