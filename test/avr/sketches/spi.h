/*
 * SPI mode 0 on the ATmega328P's SPI pins for the sketches beside this file: by the peripheral, or with -DBIT_BANG by port
 * writes that anyone would write by hand.
 */
#include <avr/io.h>
#include <stdint.h>

#ifdef BIT_BANG

static void spi_begin(void) {}

static uint8_t spi(uint8_t octet) {
	uint8_t answer = 0;
	for (uint8_t bit = 0x80; bit; bit >>= 1) {
		if (octet & bit) PORTB |= 1 << PB3;
		else PORTB &= ~(1 << PB3);
		PORTB |= 1 << PB5;
		if (PINB & (1 << PB4)) answer |= bit;
		PORTB &= ~(1 << PB5);
	}
	return answer;
}

#else

static void spi_begin(void) {
	SPCR = (1 << SPE) | (1 << MSTR);
	SPSR = 1 << SPI2X;
}

static uint8_t spi(uint8_t octet) {
	SPDR = octet;
	while (!(SPSR & (1 << SPIF))) {}
	return SPDR;
}

#endif
