/* The two checks of a cell: ITU-T I.432.1 header error control, and CRC-16/XMODEM. */
#ifndef BRIDGE_CRC_H
#define BRIDGE_CRC_H

#include <stdint.h>

#include "link-table.h"
#include "port.h"

/* CRC-16/XMODEM (polynomial 1021h) over one more octet, without a table. A port may have something faster. */
static inline uint16_t crc16_xmodem(uint16_t crc, uint8_t octet)
{
#ifdef PORT_CRC16
  return PORT_CRC16(crc, octet);
#else
  crc = (uint16_t)((crc >> 8) | (crc << 8));
  crc ^= octet;
  crc ^= (uint8_t)((uint8_t)crc >> 4);
  crc ^= (uint16_t)(crc << 12);
  crc ^= (uint16_t)((uint16_t)(uint8_t)crc << 5);
  return crc;
#endif
}

/* CRC-8 over one more octet. The header check is it, and HEADER_COSET added (I.432.1 4.3.2.1). */
static inline uint8_t crc8(uint8_t crc, uint8_t octet)
{
  uint8_t bit;
  crc ^= octet;
  for (bit = 0; bit < 8; bit++) crc = (crc & 0x80) ? (uint8_t)((crc << 1) ^ HEADER_POLYNOMIAL) : (uint8_t)(crc << 1);
  return crc;
}

#endif
