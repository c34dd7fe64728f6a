/* Computes and does nothing else: CRC-32 of a kilobyte bit by bit, a moving average, a sort, with a timer interrupt a millisecond. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdint.h>

static uint8_t buffer[1024];
static uint16_t sorted[64];
static volatile uint32_t milliseconds;
volatile uint32_t crc_seen;
volatile uint16_t average_seen, median_seen;

ISR(TIMER0_COMPA_vect) { milliseconds++; }

static uint32_t crc32(void) {
  uint32_t crc = 0xffffffff;
  for (uint16_t i = 0; i < sizeof buffer; i++) {
    crc ^= buffer[i];
    for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
  }
  return ~crc;
}

static uint16_t average(void) {
  uint16_t sum = 0;
  for (uint16_t i = 0; i < sizeof buffer; i++) sum += (uint16_t)(buffer[i] * 3 + (sum >> 2)) >> 1;
  return sum;
}

static uint16_t median(void) {
  for (uint8_t i = 0; i < 64; i++) {
    uint16_t value = ((uint16_t)buffer[2 * i] << 8) | buffer[2 * i + 1];
    uint8_t j = i;
    for (; j > 0 && sorted[j - 1] > value; j--) sorted[j] = sorted[j - 1];
    sorted[j] = value;
  }
  return sorted[32];
}

int main(void) {
  TCCR0A = 1 << WGM01;
  TCCR0B = 1 << CS01 | 1 << CS00;
  OCR0A = 249;
  TIMSK0 = 1 << OCIE0A;
  sei();
  for (;;) {
    for (uint16_t i = 0; i < sizeof buffer; i++) buffer[i] = buffer[i] * 5 + 113 + i;
    crc_seen = crc32();
    average_seen = average();
    median_seen = median();
  }
}
