/* Keeps CPU, SPI (8 MHz) and USART (1 Mbaud) busy: the benchmark's program. */
#include <avr/interrupt.h>
#include <avr/io.h>

static uint8_t buffer[64];
static volatile uint8_t turn;

ISR(USART_UDRE_vect) { UDR0 = buffer[turn++ & 63]; }

static uint16_t crc(const uint8_t *p, uint8_t n) {
	uint16_t c = 0;
	while (n--) {
		c ^= (uint16_t)*p++ << 8;
		for (uint8_t i = 0; i < 8; i++) c = c & 0x8000 ? (c << 1) ^ 0x1021 : c << 1;
	}
	return c;
}

int main(void) {
	DDRB = 0x2c;
	SPCR = 0x50;
	SPSR = 1;
	UCSR0A = 1 << U2X0;
	UBRR0 = 1;
	UCSR0B = (1 << TXEN0) | (1 << UDRIE0);
	sei();
	for (;;) {
		uint16_t sum = crc(buffer, 64);
		for (uint8_t i = 0; i < 64; i++) {
			SPDR = buffer[i];
			while (!(SPSR & 0x80)) {}
			buffer[i] = SPDR + sum;
		}
	}
}
