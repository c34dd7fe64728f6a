/* Written by `make link-table` from firmware/serial-link/link-table.ts, which says what each is: change it there. */
#ifndef BRIDGE_LINK_TABLE_H
#define BRIDGE_LINK_TABLE_H

#include <stdint.h>

/* The cell. */
#define CELL_OCTETS 64
#define CELL_HEADER_OCTETS 5
#define CELL_PAYLOAD_OCTETS 57
#define CELL_FIRST_AT 0
#define CELL_SEQUENCE_AT 1
#define CELL_ACKNOWLEDGE_AT 2
#define CELL_LENGTH_AT 3
#define CELL_HEADER_CHECK_AT 4
#define CELL_PAYLOAD_AT 5
#define CELL_CHECK_AT 62

/* The first octet of its header, and its check. */
#define HEADER_VERSION 0x40
#define HEADER_VERSION_MASK 0xc0
#define HEADER_KIND_SHIFT 0x04
#define HEADER_KIND_MASK 0x03
#define HEADER_CHANNEL_MASK 0x0f
#define HEADER_POLYNOMIAL 0x07
#define HEADER_COSET 0x55

/* Kinds of cell. */
#define KIND_DATA 0
#define KIND_ACKNOWLEDGEMENT 1
#define KIND_REJECT 2
#define KIND_SESSION 3

/* Channels. */
#define CHANNEL_MANAGEMENT 0
#define CHANNEL_SPI 1
#define CHANNEL_EVENTS 2

/* Delineation (ITU-T I.432.1 4.5). */
#define DELINEATION_ALPHA 3
#define DELINEATION_DELTA 2
#define DELINEATION_ASTRAY 4

/* The payload of a session cell. */
#define SESSION_VERSION 2
#define SESSION_VERSION_1 1
#define SESSION_FLAG_REPLY 1
#define SESSION_FLAG_HOST 2
#define SESSION_STEP_SHIFT 2
#define SESSION_STEP_MASK 3
#define SESSION_SPOKEN_SHIFT 4
#define SESSION_WINDOW_LIMIT 127
#define SESSION_STEP_OPEN 0
#define SESSION_STEP_ACCEPT 1
#define SESSION_STEP_CONFIRM 2
#define SESSION_IDENTIFIER_AT 0
#define SESSION_VERSION_AT 2
#define SESSION_FLAGS_AT 3
#define SESSION_WINDOW_AT 4
#define SESSION_CELLS_AT 5
#define SESSION_SPI_CLOCK_AT 7
#define SESSION_CAPABILITIES_AT 11
#define SESSION_BOARD_AT 15
#define SESSION_PEER_AT 37
#define SESSION_FIRMWARE_AT 39

/* Capability bits. */
#define CAPABILITY_SPI 0x01u
#define CAPABILITY_RESET_PIN 0x02u
#define CAPABILITY_INT_PIN 0x04u
#define CAPABILITY_BAUD 0x08u
#define CAPABILITY_CONTROLLER 0x10u
#define CAPABILITY_POLL 0x20u
#define CAPABILITY_RESTART 0x100u
#define CAPABILITY_PINS 0x200u

/* Rates of the line, symbols a second. */
#define BAUD_LOWEST 9600
#define BAUD_HIGHEST 2000000

/* Milliseconds. */
#define TIME_MS_FIRST_RETRY 150
#define TIME_MS_LAST_RETRY 1000
#define TIME_MS_FIRST_TIMEOUT 50
#define TIME_MS_TIMEOUT_CEILING 500
#define TIME_MS_GRANULARITY 25
#define TIME_MS_DECISION_SILENCE 500
#define TIME_MS_ISOLATION_SILENCE 100
#define TIME_MS_ABANDON_SILENCE 5000
#define TIME_MS_BAUD_FALLBACK 500
#define TIME_MS_LEASE 5000
#define TIME_MS_RENEWAL 1250

/* Channel 0: management. */
#define OPERATION_ECHO 0x01
#define OPERATION_BAUD 0x02
#define OPERATION_BAUD_CONFIRM 0x03
#define OPERATION_COUNTERS 0x04
#define OPERATION_RESET_PIN 0x05
#define OPERATION_INT_PIN 0x06
#define OPERATION_INT_SUBSCRIBE 0x07
#define OPERATION_BRIDGE 0x08
#define OPERATION_RELEASE 0x09
#define OPERATION_STATE 0x0a
#define OPERATION_RESTART 0x0b
#define OPERATION_PINS 0x0c
#define MANAGEMENT_REPLY_BIT 0x80
#define STATUS_OK 0
#define STATUS_UNSUPPORTED 1
#define STATUS_BAD_ARGUMENT 2
#define STATUS_REFUSED 3
#define STATUS_FAILED 4
#define COUNTERS_SINCE_START 0
#define COUNTERS_SINCE_SESSION 1
#define RESET_PIN_LOW 0
#define RESET_PIN_HIGH 1
#define RESET_PIN_READ 2
#define PIN_SCK 0x01
#define PIN_MOSI 0x02
#define PIN_MISO 0x04
#define PIN_CS 0x08
#define PIN_INT 0x10
#define PIN_RESET 0x20
#define PIN_STEP_LEVELS 0x00
#define PIN_STEP_DRIVE 0x40
#define PIN_STEP_LOW 0x80
#define PIN_STEP_RELEASE 0xc0
#define PIN_STEP_MASK 0xc0

/* Messages, and the first octet of those on channel 2. */
#define MESSAGE_LENGTH_OCTETS 2
#define MESSAGE_INT_EDGE_OCTETS 6
#define EVENT_INT_EDGE 1
#define EVENT_STATE 2

/* Line counters, in the order in which management reports them. */
struct counters {
  uint32_t octets_received;
  uint32_t octets_sent;
  uint32_t framing_errors;
  uint32_t parity_errors;
  uint32_t overruns;
  uint32_t header_errors;
  uint32_t payload_errors;
  uint32_t discarded_octets;
  uint32_t cells_received;
  uint32_t cells_sent;
  uint32_t retransmissions;
  uint32_t timeouts;
  uint32_t rejects_sent;
  uint32_t rejects_received;
  uint32_t suspects;
  uint32_t duplicates;
  uint32_t out_of_sequence;
  uint32_t busy;
  uint32_t reserved_channel;
  uint32_t no_session;
  uint32_t bad_session;
  uint32_t old_session;
  uint32_t same_role;
  uint32_t unconfirmed;
  uint32_t lapses;
};
#define COUNTERS 25

/* Channel 1: serprog. */
#define SERPROG_ACK 0x06
#define SERPROG_NAK 0x15
#define SERPROG_COMMAND_LIMIT 0x20
#define SERPROG_CELL_LIMIT 0x40
#define SERPROG_INTERFACE_VERSION 0x01
#define SERPROG_BUS_SPI 0x08
#define SERPROG_PIN_INT 0x00
#define SERPROG_PIN_RESET 0x01
#define SERPROG_NAME_OCTETS 0x10
#define SERPROG_MAP_OCTETS 0x20
#define SERPROG_POLL_WRITE_LIMIT 0x04
#define SERPROG_LONGEST 0x4000
#define S_CMD_NOP 0x00
#define S_CMD_Q_IFACE 0x01
#define S_CMD_Q_CMDMAP 0x02
#define S_CMD_Q_PGMNAME 0x03
#define S_CMD_Q_SERBUF 0x04
#define S_CMD_Q_BUSTYPE 0x05
#define S_CMD_Q_OPBUF 0x07
#define S_CMD_Q_WRNMAXLEN 0x08
#define S_CMD_SYNCNOP 0x10
#define S_CMD_Q_RDNMAXLEN 0x11
#define S_CMD_S_BUSTYPE 0x12
#define S_CMD_O_SPIOP 0x13
#define S_CMD_S_SPI_FREQ 0x14
#define S_CMD_S_PIN_STATE 0x15
#define S_CMD_POLL 0x1e
#define S_CMD_PIN_READ 0x1f

/* X(command, octets of fixed parameters) for every command there is. */
#define SERPROG_COMMANDS(X)                                                                                            \
  X(S_CMD_NOP, 0)                                                                                                      \
  X(S_CMD_Q_IFACE, 0)                                                                                                  \
  X(S_CMD_Q_CMDMAP, 0)                                                                                                 \
  X(S_CMD_Q_PGMNAME, 0)                                                                                                \
  X(S_CMD_Q_SERBUF, 0)                                                                                                 \
  X(S_CMD_Q_BUSTYPE, 0)                                                                                                \
  X(S_CMD_Q_OPBUF, 0)                                                                                                  \
  X(S_CMD_Q_WRNMAXLEN, 0)                                                                                              \
  X(S_CMD_SYNCNOP, 0)                                                                                                  \
  X(S_CMD_Q_RDNMAXLEN, 0)                                                                                              \
  X(S_CMD_S_BUSTYPE, 1)                                                                                                \
  X(S_CMD_O_SPIOP, 6)                                                                                                  \
  X(S_CMD_S_SPI_FREQ, 4)                                                                                               \
  X(S_CMD_S_PIN_STATE, 1)                                                                                              \
  X(S_CMD_POLL, 6)                                                                                                     \
  X(S_CMD_PIN_READ, 1)

#endif
