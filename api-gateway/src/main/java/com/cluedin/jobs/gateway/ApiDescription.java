package com.cluedin.jobs.gateway;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.AgentView;
import com.cluedin.jobs.model.AttentionView;
import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.DecisionView;
import com.cluedin.jobs.model.FailingStreak;
import com.cluedin.jobs.model.HourOfJobs;
import com.cluedin.jobs.model.JobAbandonment;
import com.cluedin.jobs.model.JobAlarmView;
import com.cluedin.jobs.model.JobDetail;
import com.cluedin.jobs.model.JobEventView;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobStateView;
import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.model.JobTypeRuns;
import com.cluedin.jobs.model.JobTypeView;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.model.LiveJobView;
import com.cluedin.jobs.model.LiveView;
import com.cluedin.jobs.model.RecentRun;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import tools.jackson.databind.annotation.JsonNaming;

/// The OpenAPI description: what the calls themselves do not say of themselves.
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final List<Class<? extends Record>> VIEWS =
      List.of(
          JobTypeView.class,
          JobTypeDetail.class,
          JobTypeDetail.Paused.class,
          DecisionView.class,
          JobView.class,
          JobRunView.class,
          JobStateCount.class,
          JobAlarmView.class,
          JobDetail.class,
          JobAbandonment.class,
          JobStateView.class,
          JobEventView.class,
          LiveView.class,
          LiveJobView.class,
          JobTypeRuns.class,
          RecentRun.class,
          HourOfJobs.class,
          AttentionView.class,
          FailingStreak.class,
          AgentView.class,
          ConfigurationView.class);

  @Bean
  OpenAPI description(GatewaySettings settings) {
    OpenAPI api =
        new OpenAPI()
            .info(
                new Info()
                    .title("Crawl jobs")
                    .version("1")
                    .description(
                        "Schedules fire crawl jobs, agents run them, people watch and steer them here."))
            .servers(List.of(new Server().url("/")))
            .components(new Components().addSchemas("Problem", problem()));
    if (settings.auth().issuer() != null) {
      api.getComponents()
          .addSecuritySchemes(
              "token",
              new SecurityScheme()
                  .type(SecurityScheme.Type.HTTP)
                  .scheme("bearer")
                  .bearerFormat("JWT"));
      api.addSecurityItem(new SecurityRequirement().addList("token"));
    }
    return api;
  }

  /// Adds to each call what it may be refused with, and to the lists their headers.
  @Bean
  OperationCustomizer refusals(GatewaySettings settings) {
    IntStream always =
        settings.auth().issuer() == null ? IntStream.of(403, 503) : IntStream.of(401, 403, 503);
    List<Integer> all = always.boxed().toList();
    return (operation, method) -> {
      Refuses own = method.getMethodAnnotation(Refuses.class);
      IntStream.concat(
              own == null ? IntStream.empty() : IntStream.of(own.value()),
              all.stream().mapToInt(Integer::intValue))
          .sorted()
          .forEach(status ->
              operation.getResponses().addApiResponse(String.valueOf(status), refusal(status)));
      return method.hasMethodAnnotation(Paged.class) ? withHeaders(operation) : operation;
    };
  }

  /// Gives the contract's views the names they have on the wire, which the describing library does
  /// not read, and says that nothing is ever left out.
  @Bean
  OpenApiCustomizer contractNames() {
    return api ->
        VIEWS.forEach(
            view -> rename(api.getComponents().getSchemas().get(view.getSimpleName()), view));
  }

  private static void rename(@Nullable Schema<?> schema, Class<? extends Record> view) {
    if (schema == null) {
      throw new IllegalStateException(view + " is described nowhere");
    }
    boolean upper = view.isAnnotationPresent(JsonNaming.class);
    Map<String, Schema> named = new LinkedHashMap<>();
    for (RecordComponent component : view.getRecordComponents()) {
      Schema<?> property = requireNonNull(schema.getProperties().get(component.getName()));
      named.put(
          upper ? StringUtils.capitalize(component.getName()) : component.getName(),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class)
              ? orNull(property)
              : property);
    }
    schema.setProperties(named);
    schema.setRequired(new ArrayList<>(named.keySet()));
  }

  /// A view within a view is a reference, which cannot be null itself.
  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() == null) {
      property.addType("null");
      return property;
    }
    return new Schema<>().anyOf(List.of(property, new Schema<>().types(Set.of("null"))));
  }

  private static Operation withHeaders(Operation operation) {
    requireNonNull(operation.getResponses().get("200"))
        .addHeaderObject(PageLinks.TOTAL, new Header().schema(new IntegerSchema().format("int64")))
        .addHeaderObject(
            "Link", new Header().description("first, prev, next, last").schema(new StringSchema()));
    return operation;
  }

  private static ApiResponse refusal(int status) {
    return new ApiResponse()
        .description(HttpStatus.valueOf(status).getReasonPhrase())
        .content(
            new Content()
                .addMediaType(
                    org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .description("RFC 9457; `detail` says what to do")
        .addProperty("status", new IntegerSchema())
        .addProperty("title", new StringSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema());
  }
}
