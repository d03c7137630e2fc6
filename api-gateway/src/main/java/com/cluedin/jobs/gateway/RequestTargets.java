package com.cluedin.jobs.gateway;

import com.cluedin.jobs.service.Refusal;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// Makes the targets of requests such as everybody behind can read.
///
/// Clients send ids of job types as they are, `uuid|uuid|uuid`. Strictly, `|` and some others may
/// not stand in a target; such a request would be refused before any filter sees it, without a
/// word. So what may not stand there is percent-encoded first.
@Component
@Sharable
class RequestTargets extends ChannelInboundHandlerAdapter implements NettyServerCustomizer {

  private static final String UNDECODABLE = "Undecodable-Target";
  private static final String IN_PATH = "-._~!$&'()*+,;=:@/";
  private static final String IN_QUERY = IN_PATH + "?[]";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  @Override
  public HttpServer apply(HttpServer server) {
    return server.doOnChannelInit((_, channel, _) ->
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "request-targets", this));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      request.headers().remove(UNDECODABLE);
      String target = encoded(request.uri());
      if (target == null) {
        request.headers().set(UNDECODABLE, "true");
      }
      request.setUri(target == null ? "/" : target);
    }
    context.fireChannelRead(message);
  }

  /// Refuses what could not be encoded, as anything else is refused.
  static Mono<Void> refuseUndecodable(ServerWebExchange exchange, WebFilterChain chain) {
    return exchange.getRequest().getHeaders().containsHeader(UNDECODABLE)
        ? Mono.error(
            Refusal.badRequest(
                "The address holds a % without the two hexadecimal digits of an escape; a % itself"
                    + " is %25."))
        : chain.filter(exchange);
  }

  /// @param target whose bytes are its characters
  /// @return null when a `%` in it begins no escape
  static @Nullable String encoded(String target) {
    StringBuilder encoded = new StringBuilder(target.length());
    String legal = IN_PATH;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '%' && !isEscape(target, i)) {
        return null;
      }
      if (c == '?') {
        legal = IN_QUERY;
      }
      if (c == '%' || isLetterOrDigit(c) || legal.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits((byte) c));
      }
    }
    return encoded.toString();
  }

  private static boolean isEscape(String target, int at) {
    return at + 2 < target.length()
        && HexFormat.isHexDigit(target.charAt(at + 1))
        && HexFormat.isHexDigit(target.charAt(at + 2));
  }

  private static boolean isLetterOrDigit(char c) {
    return c < 0x80 && Character.isLetterOrDigit(c);
  }
}
