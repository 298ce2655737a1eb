"""The frame around pages: navigation, server, first document, ribbon."""
