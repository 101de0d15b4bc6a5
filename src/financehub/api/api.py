"""The NinjaAPI: what it is called, and which routers it is made of."""

from ninja import NinjaAPI

api = NinjaAPI(title="Finance Hub", version="1.0", urls_namespace="api")
