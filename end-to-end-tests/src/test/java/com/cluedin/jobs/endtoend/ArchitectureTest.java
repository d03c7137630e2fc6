package com.cluedin.jobs.endtoend;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.annotation.KafkaListener;

/// What the shape of the code rests on.
class ArchitectureTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("com.cluedin.jobs");

  @Test
  void theLanguageAndTheSdkKnowNoSpring() {
    noClasses()
        .that()
        .resideInAnyPackage("..jobs.model..", "..jobs.agent..", "..jobs.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(OURS);
  }

  @Test
  void servicesDoNotKnowEachOther() {
    slices()
        .matching("com.cluedin.jobs.(scheduler|tracker|gateway|simulator)..")
        .should()
        .notDependOnEachOther()
        .check(OURS);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("com.cluedin.jobs.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void cronUtilsHasOneImporter() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("com.cluedin.jobs.scheduler.cron.CronWords")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.cronutils..")
        .check(OURS);
  }

  @Test
  void listenersDoNotTouchSql() {
    noClasses()
        .that()
        .containAnyMethodsThat(annotatedWith(KafkaListener.class).forSubtype())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.r2dbc..", "io.r2dbc..")
        .check(OURS);
    methods().that().areAnnotatedWith(KafkaListener.class).should().haveName("on").check(OURS);
  }

  @Test
  void namesSayWhatAClassIsFor() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Utils?|Helper)")
        .orShould()
        .resideInAnyPackage("..common..", "..util..", "..helper..")
        .check(OURS);
  }

  @Test
  void ofAServiceOnlyItsMainClassIsPublicAndWhatItsPartsOffer() {
    classes()
        .that()
        .resideInAnyPackage("..jobs.tracker..", "..jobs.gateway..")
        .and()
        .arePublic()
        .should()
        .haveSimpleNameEndingWith("Service")
        .orShould()
        .haveFullyQualifiedName("com.cluedin.jobs.gateway.live.LiveStream")
        .check(OURS);
  }
}
