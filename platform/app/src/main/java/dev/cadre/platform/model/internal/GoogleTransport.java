package dev.cadre.platform.model.internal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** Lets Google's client library send through the exchange of the current call; OkHttp itself never opens a connection. */
final class GoogleTransport implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        var request = chain.request();
        var headers = new LinkedHashMap<String, List<String>>(request.headers().toMultimap());
        byte[] bytes = null;
        var body = request.body();
        if (body != null) {
            var buffer = new Buffer();
            body.writeTo(buffer);
            bytes = buffer.readByteArray();
            var type = body.contentType();
            if (type != null) {
                headers.put("content-type", List.of(type.toString()));
            }
        }
        var answer = Exchange.send(request.method(), request.url().toString(), headers, bytes);
        var response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("")
                .body(ResponseBody.create(answer.body(), MediaType.parse("application/json")));
        answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        return response.build();
    }
}
