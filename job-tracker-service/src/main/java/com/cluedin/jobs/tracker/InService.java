package com.cluedin.jobs.tracker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/// What a tracker does only while its read model is in service: one that is made beside it keeps
/// what it reads and says nothing.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(
    name = "tracker.beside",
    havingValue = InService.NOTHING,
    matchIfMissing = true)
@interface InService {

  String NOTHING = "-";
}
