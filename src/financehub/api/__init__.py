"""The REST door: one NinjaAPI, thin routers, one error shape."""
