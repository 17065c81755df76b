"""The whole as one product: settings, addresses, middleware, the menu, the home page, and how it is started."""
