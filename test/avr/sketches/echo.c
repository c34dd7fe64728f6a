/* Sends back what it receives, one higher, at 57600 baud; "ready" comes first. Turns itself off on "q". */
#include <avr/io.h>
#include <avr/interrupt.h>
#include <avr/sleep.h>

ISR(USART_RX_vect) {
	uint8_t octet = UDR0;
	while (!(UCSR0A & (1 << UDRE0))) {}
	UDR0 = octet + 1;
}

int main(void) {
	UCSR0A = 1 << U2X0;
	UBRR0 = 34;
	UCSR0B = (1 << TXEN0) | (1 << RXEN0) | (1 << RXCIE0);
	for (const char *p = "ready\r\n"; *p; p++) {
		while (!(UCSR0A & (1 << UDRE0))) {}
		UDR0 = *p;
	}
	sei();
	set_sleep_mode(SLEEP_MODE_IDLE);
	for (;;) sleep_mode();
}
