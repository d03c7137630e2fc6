package com.cluedin.jobs.stack;

/// Something of the stack does not work; the message is a sentence for the person at the terminal.
public class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StackException(String sentence) {
    super(sentence);
  }

  StackException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
