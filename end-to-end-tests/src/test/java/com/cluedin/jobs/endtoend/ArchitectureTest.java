package com.cluedin.jobs.endtoend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.kafka.annotation.KafkaListener;

/// What the shape of the code rests on.
@AnalyzeClasses(packages = "com.cluedin.jobs", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theLanguageAndTheSdkKnowNoSpring =
      noClasses()
          .that()
          .resideInAnyPackage("..model..", "..agent..", "..simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..");

  @ArchTest
  static final ArchRule modulesKnowOnlyTheLanguageAndTheKit =
      slices()
          .matching("com.cluedin.jobs.(scheduler|tracker|gateway)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule cronUtilsHasOneImporter =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("com.cluedin.jobs.scheduler.cron.CronWords")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.cronutils..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("com.cluedin.jobs.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule listenersDoNotTouchSql =
      noClasses()
          .that()
          .containAnyMethodsThat(
              com.tngtech.archunit.lang.conditions.ArchPredicates.are(
                  com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates
                      .annotatedWith(KafkaListener.class)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.r2dbc..", "io.r2dbc..");

  @ArchTest
  static final ArchRule namesSayWhatAClassIsFor =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");

  @ArchTest
  static final ArchRule mainClassesAloneArePublicInServices =
      classes()
          .that()
          .resideInAnyPackage("..tracker..", "..gateway..")
          .and()
          .arePublic()
          .should()
          .haveSimpleNameEndingWith("Service");
}
