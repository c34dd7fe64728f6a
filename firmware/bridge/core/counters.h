/* Line counters, in the order in which management reports them. */
#ifndef BRIDGE_COUNTERS_H
#define BRIDGE_COUNTERS_H

#include <stdint.h>

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
  /* Data cells and INT edges dropped because there was no room: the host sends the cells again. */
  uint32_t busy;
};
#define COUNTERS (sizeof(struct counters) / sizeof(uint32_t))

extern struct counters counters;

#endif
