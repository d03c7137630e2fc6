package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.service.PrivateNames;
import com.cluedin.jobs.service.WholeTransactions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

@SpringBootApplication
@Import({PrivateNames.class, WholeTransactions.class})
@ConfigurationPropertiesScan
public class SchedulerService {

  public static void main(String[] args) {
    SpringApplication.run(SchedulerService.class, args);
  }
}
