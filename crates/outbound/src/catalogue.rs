pub enum CatalogueError {}
pub fn demo_catalogue() {}
