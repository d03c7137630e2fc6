package com.cluedin.jobs.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The statuses a call may be refused with, beside those every call may be. They are described as
/// problem details.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Refuses {
  int[] value();
}
