/*
 * Does to the chip what its data sheet forbids: BFS on a MAC register (DS39662 4.2.4); every 10 ms, or with -DBURST as fast as it can.
 * With -DASTRAY it stores to where the processor has no memory, in as tight a loop.
 */
#include <avr/io.h>
#include <util/delay.h>
#include "spi.h"

int main(void) {
	PORTB = 4;
	DDRB = 0x2c;
	spi_begin();
	_delay_ms(2);
	PORTB = 0; /* bank 2 */
	spi(0x80 | 0x1f);
	spi(2);
	PORTB = 4;
	for (;;) {
#ifdef ASTRAY
		*(volatile uint8_t *)0xf000 = 1;
		continue;
#endif
#ifndef BURST
		_delay_ms(10);
#endif
		PORTB = 0;
		spi(0x80 | 0x00); /* BFS MACON1 */
		spi(1);
		PORTB = 4;
	}
}
