"""The inbox of vendor events: receive, store, dispatch, replay."""
