#include "port.h"

#include <stdlib.h>

#include "reset-cause.h"

uint32_t host_micros;
uint16_t host_seed = 1;
uint8_t host_int = 1;

static uint32_t baud = PORT_BAUD;
static uint8_t reset_level = 1;

uint32_t port_micros(void) { return host_micros; }

uint16_t port_random(void)
{
  host_seed = (uint16_t)(host_seed * 25173u + 13849u);
  return host_seed;
}

void port_restart(void) { exit(3); }
uint8_t port_reset_flags(void) { return RESET_CAUSE_PIN; }

uint32_t port_baud(void) { return baud; }
bool port_baud_accepts(uint32_t rate) { return rate >= BAUD_LOWEST && rate <= BAUD_HIGHEST; }
void port_baud_set(uint32_t rate) { baud = rate; }
bool port_tx_idle(void) { return true; }
void port_tx_kick(void) {}

uint32_t port_spi_clock(uint32_t hertz)
{
  uint32_t made = PORT_SPI_CLOCK;
  while (made > hertz && made > PORT_SPI_CLOCK / 64) made /= 2;
  return made;
}

void port_spi_drivers(bool on) { (void)on; }

/*
 * What is on the bus: it numbers its operations. The first octets read are that number, so an operation that was lost,
 * repeated or out of order shows; those after it are each the last octet written plus the number of octets read so far.
 */
static uint32_t operations;
static uint8_t last_written;
static uint16_t reads;
static bool is_selected;

void port_spi_select(void)
{
  is_selected = true;
  reads = 0;
  last_written = 0;
}

void port_spi_deselect(void)
{
  if (!is_selected) abort();
  is_selected = false;
  operations++;
}

uint8_t port_spi_exchange(uint8_t octet)
{
  uint8_t answer;
  if (!is_selected) abort();
  answer = reads < 4 ? (uint8_t)(operations >> (8 * reads)) : (uint8_t)(last_written + reads);
  if (octet) {
    last_written = octet;
    reads = 0;
  } else {
    reads++;
  }
  return answer;
}

/* Wires to which nothing is connected: driven or pulled they have that level, released they keep the one they had. */
static bool pins_taken;
static uint8_t pins_driven, pins_levels;

uint8_t port_pins_step(uint8_t step)
{
  uint8_t wires = (uint8_t)(step & ~PIN_STEP_MASK);
  if (is_selected) abort();
  if (!pins_taken) {
    pins_taken = true;
    pins_driven = PIN_SCK | PIN_MOSI | PIN_CS | PIN_RESET;
    pins_levels = PIN_CS | PIN_RESET | PIN_MISO | PIN_INT;
  }
  switch (step & PIN_STEP_MASK) {
  case PIN_STEP_LEVELS:
    pins_levels = wires | (pins_levels & (uint8_t)~pins_driven);
    return pins_levels;
  case PIN_STEP_DRIVE:
    pins_driven = wires;
    return pins_levels;
  default:
    return pins_levels & (uint8_t)~wires;
  }
}

void port_pins_end(void) { pins_taken = false; }

uint8_t port_int_level(void) { return host_int; }
uint8_t port_reset_level(void) { return reset_level; }
void port_reset_set(uint8_t high) { reset_level = high; }
