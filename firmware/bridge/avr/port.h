/* The AVR under the core: ATmega328P (DS40002061B) and ATmega2560 (DS40002211A), whose parts used here are alike. */
#ifndef BRIDGE_PORT_H
#define BRIDGE_PORT_H

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <stdbool.h>
#include <stdint.h>
#include <util/crc16.h>

#include "board.h"
#include "link-table.h"

#ifndef PORT_FIRMWARE
#define PORT_FIRMWARE "0.1.0"
#endif

/* The RESET pin where it is wired. */
#define PORT_CAPABILITIES                                                                                              \
  (CAPABILITY_SPI | CAPABILITY_INT_PIN | CAPABILITY_BAUD | CAPABILITY_POLL | CAPABILITY_RESTART | CAPABILITY_PINS |    \
   (PORT_HAS_RESET ? CAPABILITY_RESET_PIN : 0u))

/* Constants that need not be in RAM. */
#define PORT_FLASH PROGMEM
#define port_flash_octet(place) pgm_read_byte(place)

#define PORT_LOCK()                                                                                                    \
  {                                                                                                                    \
    uint8_t port_status = SREG;                                                                                        \
    cli()
#define PORT_UNLOCK()                                                                                                  \
  SREG = port_status;                                                                                                  \
  }

/* avr-libc's, in assembly: the compiler makes loops of the shifts. */
#define PORT_CRC16 _crc_xmodem_update

/* Named in assembly: the compiler must not think that nobody uses it. */
#define SEEN_BY_ASSEMBLY __attribute__((used, externally_visible))
#define PORT_LINE_DATA SEEN_BY_ASSEMBLY

uint32_t port_micros(void);
uint16_t port_random(void);
void port_restart(void);
uint8_t port_reset_flags(void);

uint32_t port_baud(void);
bool port_baud_accepts(uint32_t rate);
void port_baud_set(uint32_t rate);
bool port_tx_idle(void);

uint32_t port_spi_clock(uint32_t hertz);
void port_spi_drivers(bool on);
/* A step of OPERATION_PINS: SPI is off from the first one to port_pins_end. Returns the wires that are high. */
uint8_t port_pins_step(uint8_t step);
/* SPI has its wires again; nothing when it has them. */
void port_pins_end(void);
uint8_t port_reset_level(void);
void port_reset_set(uint8_t high);

static inline void port_tx_kick(void)
{
  UCSR0B |= _BV(UDRIE0); /* not atomic, and need not be: an interrupt in between could only clear what is set here */
}

/*
 * The receive interrupt, in assembly, fills the ring itself: at 1 Mbaud there are 160 cycles an octet, of which the
 * compiler's would take 100. The ring begins on a page of 256 octets (the linker is told where, see Makefile).
 */
#define PORT_OWN_RECEIVE
extern volatile uint8_t port_rx_low, port_rx_page;
extern volatile uint8_t port_rx_limit_low, port_rx_limit_page;
#define PORT_RX_FIRST_PAGE (PORT_RX_ADDRESS >> 8)

static inline uint16_t port_rx_place(void)
{
  uint8_t low, page;
  PORT_LOCK();
  low = port_rx_low;
  page = port_rx_page;
  PORT_UNLOCK();
  return (uint16_t)((uint16_t)(uint8_t)(page - PORT_RX_FIRST_PAGE) << 8 | low);
}

static inline void port_rx_limit(uint16_t place)
{
  PORT_LOCK();
  port_rx_limit_low = (uint8_t)place;
  port_rx_limit_page = (uint8_t)((place >> 8) + PORT_RX_FIRST_PAGE);
  PORT_UNLOCK();
}

static inline void port_spi_select(void)
{
  CS_PORT &= (uint8_t)~_BV(CS_BIT);
}

static inline void port_spi_deselect(void)
{
  CS_PORT |= _BV(CS_BIT);
}

static inline uint8_t port_spi_exchange(uint8_t octet)
{
  SPDR = octet;
  while (!(SPSR & _BV(SPIF))) {
  }
  return SPDR;
}

static inline uint8_t port_int_level(void)
{
  return (INT_INPUT & _BV(INT_BIT)) != 0;
}

#endif
