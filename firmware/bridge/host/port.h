/* The core on a workstation, for its tests: time, line and SPI are the test's. */
#ifndef BRIDGE_PORT_H
#define BRIDGE_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "link-table.h"

#define PORT_BOARD "uno"
#ifndef PORT_FIRMWARE
#define PORT_FIRMWARE "0.1.0"
#endif
#define PORT_BAUD 1000000u
#define PORT_WINDOW 4
#define PORT_RX_OCTETS 512u
#define PORT_SPI_CLOCK 8000000u
#define PORT_CAPABILITIES                                                                                              \
  (CAPABILITY_SPI | CAPABILITY_RESET_PIN | CAPABILITY_INT_PIN | CAPABILITY_BAUD | CAPABILITY_POLL)
#define PORT_HAS_RESET 1

/* Constants that need not be in RAM. */
#define PORT_FLASH
#define port_flash_octet(place) (*(const uint8_t *)(place))

#define PORT_LOCK()
#define PORT_UNLOCK()

uint32_t port_micros(void);
uint16_t port_random(void);
void port_restart(void);
uint8_t port_reset_flags(void);
uint32_t port_baud(void);
bool port_baud_accepts(uint32_t rate);
void port_baud_set(uint32_t rate);
bool port_tx_idle(void);
void port_tx_kick(void);
uint32_t port_spi_clock(uint32_t hertz);
void port_spi_drivers(bool on);
void port_spi_select(void);
void port_spi_deselect(void);
uint8_t port_spi_exchange(uint8_t octet);
uint8_t port_int_level(void);
uint8_t port_pins_step(uint8_t step);
void port_pins_end(void);
uint8_t port_reset_level(void);
void port_reset_set(uint8_t high);

/* For the test. */
extern uint32_t host_micros;
extern uint16_t host_seed;
extern uint8_t host_int;

#endif
