provider "dcos" {
  cluster = "production"
}

variable "app_network" {
  description = "Where apps go"
  default     = "dcos"
}

resource "dcos_marathon_app" "gift_cards" {
  app_id = "/shop/gift-cards"
  cmd    = "./gift-cards"

  networks {
    mode = "CONTAINER"
    name = "dcos"
  }
}
