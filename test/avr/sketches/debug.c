/* A program to debug: counts, calls a function with each count, and prints "5" where that is 5. Timer 0 interrupts it meanwhile. */
#include <avr/io.h>
#include <avr/interrupt.h>

#ifndef WHERE
#define WHERE __attribute__((noinline))
#endif

volatile uint8_t counter;
volatile uint8_t seen;
volatile uint16_t ticks;

ISR(TIMER0_OVF_vect) {
	ticks++;
}

__attribute__((noinline)) void put(char character) {
	while (!(UCSR0A & (1 << UDRE0))) {}
	UDR0 = character;
}

WHERE uint8_t work(uint8_t count) {
	counter = count;
	if (count == 5) put('5');
	return count + 1;
}

int main(void) {
	UCSR0A = 1 << U2X0;
	UBRR0 = 34;
	UCSR0B = 1 << TXEN0;
	TCCR0B = 1;
	TIMSK0 = 1;
	sei();
	uint8_t count = 0;
	for (;;) {
		count = work(count);
		seen = count;
	}
}
