/* The cell: docs/serial-link.md. */
#ifndef BRIDGE_CELL_H
#define BRIDGE_CELL_H

#define CELL_OCTETS 64
#define HEADER_OCTETS 5
#define PAYLOAD_OCTETS 57
#define CHECK_AT 62
#define CELL_VERSION 0x40
#define CELL_VERSION_MASK 0xc0

#define KIND_DATA 0
#define KIND_ACKNOWLEDGEMENT 1
#define KIND_REJECT 2
#define KIND_SESSION 3

#define CHANNEL_MANAGEMENT 0
#define CHANNEL_SPI 1
#define CHANNEL_EVENTS 2

#endif
