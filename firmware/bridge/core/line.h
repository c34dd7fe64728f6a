/*
 * The two rings between interrupt routines and the rest. The receive ring is also the memory of delineation: octets stay
 * in it until they are part of a cell or given up.
 */
#ifndef BRIDGE_LINE_H
#define BRIDGE_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "port.h"

/* A port whose interrupts are in assembly says here that they name the rings. */
#ifndef PORT_LINE_DATA
#define PORT_LINE_DATA
#endif

#define RX_MASK (PORT_RX_OCTETS - 1u)
#define TX_OCTETS 128u
#define TX_MASK (TX_OCTETS - 1u)

extern uint8_t rx_ring[PORT_RX_OCTETS];
/* Positions count up for ever, modulo 2^16; the place in the ring is their low bits. */
extern volatile uint16_t rx_head; /* where the next octet received goes */
extern volatile uint16_t rx_kept; /* the oldest octet kept: written by the core */
extern uint8_t tx_ring[TX_OCTETS];
extern volatile uint8_t tx_head; /* written by the core */
extern volatile uint8_t tx_tail; /* written by the interrupt */
/* Counted in interrupts, folded into the counters by the core. */
extern volatile uint16_t line_framing_errors, line_parity_errors, line_overruns;

#define LINE_FRAMING_ERROR 1
#define LINE_OVERRUN 2
#define LINE_PARITY_ERROR 4

#ifdef PORT_OWN_RECEIVE
/* The port's interrupt fills the ring by itself, as far as port_rx_limit lets it, and knows its place in it. */
static inline uint16_t rx_end(void)
{
  rx_head = (uint16_t)(rx_head + ((uint16_t)(port_rx_place() - rx_head) & RX_MASK));
  return rx_head;
}

static inline void rx_release(uint16_t position)
{
  rx_kept = position;
  port_rx_limit((uint16_t)(position - 1) & RX_MASK); /* one place stays free: full and empty must differ */
}
#else
/* In the receive interrupt: one octet and what the UART said of it. */
static inline void line_received(uint8_t octet, uint8_t errors)
{
  uint16_t head = rx_head;
  if (errors) {
    if (errors & LINE_FRAMING_ERROR) line_framing_errors++;
    if (errors & LINE_PARITY_ERROR) line_parity_errors++;
    if (errors & LINE_OVERRUN) line_overruns++;
  }
  if ((uint16_t)(head - rx_kept) < PORT_RX_OCTETS) {
    rx_ring[head & RX_MASK] = octet;
    rx_head = (uint16_t)(head + 1);
  } else {
    line_overruns++;
  }
}

static inline uint16_t rx_end(void)
{
  uint16_t head;
  PORT_LOCK();
  head = rx_head;
  PORT_UNLOCK();
  return head;
}

/* Octets before `position` are not needed any more. */
static inline void rx_release(uint16_t position)
{
  PORT_LOCK();
  rx_kept = position;
  PORT_UNLOCK();
}
#endif

/* In the transmit interrupt: the next octet, if there is one. */
static inline bool line_next(uint8_t *octet)
{
  uint8_t tail = tx_tail;
  if (tail == tx_head) return false;
  *octet = tx_ring[tail & TX_MASK];
  tx_tail = (uint8_t)(tail + 1);
  return true;
}

static inline uint8_t rx_at(uint16_t position)
{
  return rx_ring[position & RX_MASK];
}

/* Copies octets out of the ring; at most twice as many as it takes to its end. */
static inline void rx_copy(uint16_t position, uint8_t *to, uint8_t length)
{
  uint16_t place = position & RX_MASK;
  uint16_t first = (uint16_t)(PORT_RX_OCTETS - place);
  if (first > length) first = length;
  memcpy(to, rx_ring + place, first);
  memcpy(to + first, rx_ring, length - first);
}

static inline uint8_t tx_room(void)
{
  return (uint8_t)(TX_OCTETS - (uint8_t)(tx_head - tx_tail));
}

static inline void tx_put(uint8_t octet)
{
  uint8_t head = tx_head;
  tx_ring[head & TX_MASK] = octet;
  tx_head = (uint8_t)(head + 1);
}

#endif
