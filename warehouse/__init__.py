"""DuckDB: migrations, loading, views, queries."""

from warehouse.connect import WarehouseError, connect, open_warehouse

__all__ = ["WarehouseError", "connect", "open_warehouse"]
