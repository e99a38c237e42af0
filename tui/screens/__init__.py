"""The seven workplaces: each shows one page and asks for another when a person acts."""
